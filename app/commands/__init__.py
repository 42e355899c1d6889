"""The commands of `citydip`, a module a group."""
