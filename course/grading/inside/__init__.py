"""What runs inside the sandbox: the zygote, its children, and what confines them.

Nothing here knows solutions, hidden checks or what is expected. A copy of this package, and of the student's
side of the course, is all of the project that the sandbox can see.
"""
