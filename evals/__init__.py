"""What is measured, and the scripts that measure it; not part of the package."""
