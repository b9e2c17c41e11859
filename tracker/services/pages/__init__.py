"""The verbs of each page: an action, in one transaction with the page as it is after it.

A handler of `tracker/state` calls one function of its page's module by name and shows the `Done` it returns; the
function calls the verb of the domain by name. Nothing else imports this package.
"""
