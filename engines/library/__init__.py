"""What is known, in one folder: `library.db`, thumbnails, vectors, caches for searching. Only this package knows SQL.

Library is the door. Into it go listings of folders and what workers found; `reconcile` decides what is new, changed or
gone, `results` writes down what was learnt, `pairs` and `media` make it one item of the grid. Out of it come the files
that still have to be examined (`pending`), everything about one item (`describe`), and the SearchIndex over columns,
words, tags and vectors. What networks find is a vector besides: `vectors` keeps a file for each phase and version,
never loses a row unnoticed, and hands out the rows (`vector_rows`) that a search compares. Any thread may read; one
process at a time may write, and holds the `lock` for it.
"""
