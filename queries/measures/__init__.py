"""Measures of networks: arrays in, arrays out; no store."""
