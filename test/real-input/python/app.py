"""A handler that uses third-party packages out of its own archive; handler `app.handler`."""
import logging

import humanize
from slugify import slugify

logger = logging.getLogger(__name__)
logger.setLevel(logging.INFO)


def handler(event, context):
    logger.info("naming %s", event["title"])
    return {"slug": slugify(event["title"]), "size": humanize.naturalsize(event["bytes"])}
