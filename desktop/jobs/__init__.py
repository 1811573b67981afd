"""The threads: a pool for single calls, one for thumbnails, and those that analyse."""
