"""ministack 1.5.33 as this project needs it: what it lacks without a container engine, and where it is not like AWS.

Each module patches one part of it, in memory, and says what is missing and why that matters here. A new version of
ministack may need fewer patches or other ones: it is pinned in requirements-emulator.txt.
"""
