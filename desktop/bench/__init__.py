"""`bench desktop`: `measure` makes libraries and starts `scenes`, each in a process with a window of its own."""
