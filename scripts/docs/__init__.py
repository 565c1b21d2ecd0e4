"""Documentation that is made from the code, and the proof that it is current."""
