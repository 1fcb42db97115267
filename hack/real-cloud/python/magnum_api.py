"""Magnum's API for uwsgi as the program magnum-api sets it up: objects are read through the conductor."""
from magnum.api.app import build_wsgi_app
from magnum.objects import base

application = build_wsgi_app()
base.MagnumObject.indirection_api = base.MagnumObjectIndirectionAPI()
