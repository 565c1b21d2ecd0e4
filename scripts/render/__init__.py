"""Models in, text out: one file a kind of text. Nothing here decides, reads a file or prints."""
