"""Records and their schema, the store that keeps them, and the network that is projected from it."""
