"""From what a person types to the media that fit, best first, each with its reasons.

A text becomes a tree (query, over lexer, fields and values). find() turns each leaf into a set of media: a field into a
comparison of columns (filter), words into a question to the full-text index (words). The sets are combined as the tree
says, so filters are exact and come first; then the texts of the hits are ranked. vector_index finds the media whose
pictures mean something near a text (text_encoder) or look like another picture (alike). explain() tells why each is a
hit. All of it runs in the calling thread; the index that it reads (library.search_index) may be shared by many.
"""
