"""What a file, a stream or a program gives, as rows that can be planned; and rows as CSV files."""

from .errors import InputError, InputNotice
from .items import read_items
from .mapping import ColumnMap, Key, MappingFile, read_mapping
from .reading import Format, read
from .sources import Source
from .writing import write_csv, write_rejects

__all__ = [
    "ColumnMap",
    "Format",
    "InputError",
    "InputNotice",
    "Key",
    "MappingFile",
    "Source",
    "read",
    "read_items",
    "read_mapping",
    "write_csv",
    "write_rejects",
]
