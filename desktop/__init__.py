"""The window: what a person sees of a library, and the threads that keep it moving.

`app` reads the command line and makes, once, a `Session` (the library, its settings, what is shown and selected) and a
`MainWindow`. Views show what the session holds, call its methods and connect to its signals, which carry ids only.
What takes longer than a moment runs on `jobs.background` or a thread of its own and comes back as a call in the UI
thread. Nothing here reads a user's file or knows SQL; that is `engines`, which knows nothing of the window.

To add a panel: write a widget that takes the session, and give it its place in `views/furnish.py`.
"""
