"""What the page of the settings about networks has beside its options: the sets, and what a precision costs."""
