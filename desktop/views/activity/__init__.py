"""What the program is doing: a line in the status bar, and a panel."""
