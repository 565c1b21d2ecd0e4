"""The live tree and the modules as they are written: read from the files alone, without starting anything."""
