"""Files of other people's tools: XLIFF, translation memories (TMX), terms (TBX, CSV).

Everything here is pure: bytes in, values out, and back. What a file says is judged elsewhere.
"""
