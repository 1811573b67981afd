"""Qt models over the library: ids in, rows out."""
