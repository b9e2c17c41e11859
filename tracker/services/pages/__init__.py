"""Service functions of each page: an action and the page's content after it, in one transaction.

A handler of `tracker/state` calls one function of its page's module and shows the `Done` it returns; that function calls
the domain's service function. Nothing else imports this package.
"""
