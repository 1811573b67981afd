"""Asking a service about pictures: what is said before anything leaves, the queue, the answers, the settings of it.

A click in the menu begins in `flow`, which looks up what stands in the way and shows the dialog of `consent` where a
person has to agree; after that the request is in the library and `desktop.jobs.requests` works it off. `queue_part`
shows that in the activity panel, `answers` what came of it in the info panel, `products_page` every product of the
library. `settings_parts` names what the settings have beside their options: the key, a test, permissions.
"""
