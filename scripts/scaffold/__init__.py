"""What new.unit, new.module and new.env write: files by path, made from what the repository holds already."""
