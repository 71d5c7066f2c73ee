"""GET /openapi.json, /docs and /redoc: the authored contract, shown without a network. Knows no operation."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from fastapi import APIRouter
from fastapi.openapi.docs import get_redoc_html, get_swagger_ui_html
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from wirecheck_reference.http.operations import Operation

_TITLE: Final = "wirecheck"
_PATH: Final = "/openapi.json"
# The assets of both pages come with the package fastapi-standalone-docs.
_ASSETS: Final = "/docs/assets"
_CONTRACT: Final = files("wirecheck_contract").joinpath("openapi.json").read_bytes()
_SWAGGER: Final = get_swagger_ui_html(
    openapi_url=_PATH,
    title=_TITLE,
    swagger_js_url=f"{_ASSETS}/swagger/swagger-ui-bundle.js",
    swagger_css_url=f"{_ASSETS}/swagger/swagger-ui.css",
    swagger_favicon_url=f"{_ASSETS}/fastapi/favicon.png",
)
_REDOC: Final = get_redoc_html(
    openapi_url=_PATH,
    title=_TITLE,
    redoc_js_url=f"{_ASSETS}/redoc/redoc.standalone.js",
    redoc_favicon_url=f"{_ASSETS}/fastapi/favicon.png",
    with_google_fonts=False,
)

router = APIRouter(route_class=Operation)
router.mount(_ASSETS, StaticFiles(directory=str(files("fastapi_standalone_docs").joinpath("static"))))


@router.get(_PATH)
async def get_openapi() -> bytes:
    """The document of the contract, byte for byte."""
    return _CONTRACT


@router.get("/docs")
async def get_docs() -> HTMLResponse:
    """The contract in Swagger UI."""
    return _SWAGGER


@router.get("/redoc")
async def get_redoc() -> HTMLResponse:
    """The contract in Redoc."""
    return _REDOC
