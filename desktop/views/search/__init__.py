"""The sidebar: what is asked for, and what the answer consists of.

At the top the box with chips and text, below it one line that says how many items were found, or where the text cannot
be read. Then saved searches, the dates of the answer, and a section for each kind of value. All of it shows what the
session's search tells and calls its methods; nothing here decides anything about data.
"""
