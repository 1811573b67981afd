"""The cockpit: on what the networks run, how busy the computer and its cards are, and why nothing is faster."""
