"""The grid: `geometry` says where each tile lies, `tile` paints one, `grid` is the view that a person uses."""
