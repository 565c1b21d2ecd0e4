"""Read HCL with the line of every value, fast enough to read the whole repository for each command.

python-hcl2 needs 1.5 s to build its grammar before the first file and then reads 5,000 lines a second; it
hands expressions back as text and keeps no line for an attribute. A finding needs the line and the checks
need the expression, so this small reader gives both.
"""
