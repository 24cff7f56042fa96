"""Packs the Python module and the C library as a wheel: `wheel.py LIBRARY VERSION FOLDER`. Prints where it lies.

The module speaks to the library by `ctypes`, so one wheel serves every Python 3 of its platform, and nothing has to be
compiled for it. The same files give the same bytes.
"""

import base64
import hashlib
import os
import sys
import sysconfig
import zipfile

library, version, folder = sys.argv[1:]
here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(here)
platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
tag = f"py3-none-{platform}"
info = f"byelaw-{version}.dist-info"


def read(path):
    with open(path, "rb") as file:
        return file.read()


module = os.path.join(here, "byelaw")
files = {f"byelaw/{name}": read(os.path.join(module, name)) for name in ("__init__.py", "__init__.pyi", "py.typed")}
files[f"byelaw/{os.path.basename(library)}"] = read(library)
for name in ("LICENSE-APACHE", "LICENSE-MIT"):
    files[f"{info}/licenses/{name}"] = read(os.path.join(root, name))
files[f"{info}/METADATA"] = (
    f"Metadata-Version: 2.4\nName: byelaw\nVersion: {version}\n"
    "Summary: Asks a policy that Byelaw compiled: may I do this?\n"
    "License-Expression: Apache-2.0 OR MIT\nLicense-File: LICENSE-APACHE\nLicense-File: LICENSE-MIT\n"
    "Requires-Python: >=3.9\n"
).encode()
files[f"{info}/WHEEL"] = f"Wheel-Version: 1.0\nGenerator: byelaw\nRoot-Is-Purelib: false\nTag: {tag}\n".encode()


def row(name, data):
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(data)}\n"


record = "".join(row(name, data) for name, data in files.items()) + f"{info}/RECORD,,\n"
files[f"{info}/RECORD"] = record.encode()
os.makedirs(folder, exist_ok=True)
wheel = os.path.join(folder, f"byelaw-{version}-{tag}.whl")
with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
    for name, data in files.items():
        entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
        entry.external_attr = 0o644 << 16
        archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
print(wheel)
