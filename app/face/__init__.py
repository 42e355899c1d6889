"""The face for Python: what `import citydiplomacy` offers."""
