"""The folders of the library: which there are, how they stand, and taking them out."""
