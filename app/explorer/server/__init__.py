"""The server of the explorer: who may ask, for how long, and in which process."""
