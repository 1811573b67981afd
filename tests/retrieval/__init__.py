"""How well searches find what is in photos: `python -m tests.retrieval FOLDER` imports the photos and prints figures,
each beside that of the plain fusion of the design on the same photos, queries and stored results of the networks.

FOLDER holds photos in folders of its own, and labels.csv with a line for each: `file`, `labels` (with ';' between
them), `caption` (with ' | ' between several). All goes through the program's own library and find().

paraphrases.tsv says of photos, by hand, what they show in other words than their captions do; kinds.tsv which labels
are a kind of thing, without regard to the program's vocabulary. Both were written before any result for them was seen.
The numbers in engines.search.sight and the words in resources/labels/hints.tsv were chosen later, with these queries at
hand; nothing was chosen with the concepts that are held out.
"""
