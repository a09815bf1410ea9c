"""Articles of HTML pages by trafilatura: one JSON object a page, then one with the CPU seconds of the work alone.

    extract.py PAGES...
"""

import json
import pathlib
import sys
import time

from trafilatura import bare_extraction


def article(page):
    found = bare_extraction(page, include_comments=False, with_metadata=True)
    if found is None:
        return {}
    fields = found.as_dict()
    return {
        "title": fields.get("title") or "",
        "date": fields.get("date") or "",
        "authors": fields.get("author") or "",
        "body": fields.get("text") or "",
    }


def main():
    pages = [(path, pathlib.Path(path).read_bytes()) for path in sys.argv[1:]]
    started = time.process_time()
    articles = [article(page) for _, page in pages]
    seconds = time.process_time() - started
    for (path, _), found in zip(pages, articles):
        print(json.dumps({"path": path, **found}, ensure_ascii=False))
    print(json.dumps({"seconds": seconds, "pages": len(pages)}))


main()
