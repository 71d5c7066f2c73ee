"""GET /openapi.json, /docs and /redoc: the authored contract, shown without a network. Knows no operation."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from fastapi import FastAPI
from fastapi.openapi.docs import get_redoc_html, get_swagger_ui_html
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles

_TITLE: Final = "wirecheck"
_ASSETS: Final = "/docs/assets"
_CONTRACT: Final = files("wirecheck_contract").joinpath("openapi.json").read_bytes()


def add_docs(app: FastAPI) -> None:
    """Adds the document and its two pages. The assets of both come with the package fastapi-standalone-docs."""
    assets = files("fastapi_standalone_docs").joinpath("static")
    swagger = get_swagger_ui_html(
        openapi_url="/openapi.json",
        title=_TITLE,
        swagger_js_url=f"{_ASSETS}/swagger/swagger-ui-bundle.js",
        swagger_css_url=f"{_ASSETS}/swagger/swagger-ui.css",
        swagger_favicon_url=f"{_ASSETS}/fastapi/favicon.png",
    )
    redoc = get_redoc_html(
        openapi_url="/openapi.json",
        title=_TITLE,
        redoc_js_url=f"{_ASSETS}/redoc/redoc.standalone.js",
        redoc_favicon_url=f"{_ASSETS}/fastapi/favicon.png",
        with_google_fonts=False,
    )

    async def get_openapi() -> Response:
        return Response(_CONTRACT, media_type="application/json")

    async def get_docs() -> Response:
        return HTMLResponse(swagger.body)

    async def get_redoc() -> Response:
        return HTMLResponse(redoc.body)

    app.add_api_route("/openapi.json", get_openapi, methods=["GET"])
    app.add_api_route("/docs", get_docs, methods=["GET"])
    app.add_api_route("/redoc", get_redoc, methods=["GET"])
    app.mount(_ASSETS, StaticFiles(directory=str(assets)))
