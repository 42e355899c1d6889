"""Answers with a limit of time, rows and memory, asked in a process that can be killed."""
