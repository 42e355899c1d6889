"""Questions of the store, measures of its networks, and the reports and advice made of them."""
