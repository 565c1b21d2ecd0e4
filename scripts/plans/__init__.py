"""What a run would do: made, kept, read, agreed to and applied as it was agreed to."""
