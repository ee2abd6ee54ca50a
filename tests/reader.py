"""What a reader of the HTML page does and sees, for its tests in a browser."""


def reopened(page, fragment):
    """*page*, opened anew with *fragment* in its address."""
    address = page.url.partition("#")[0]
    page.goto("about:blank")
    page.goto(address + fragment)
    return page


def fragment(page):
    """The end of the address, from `#` on."""
    return page.evaluate("location.hash")


def left(page, query=".finding"):
    """The ids of what *query* finds, without what the filters hide."""
    return page.eval_on_selector_all(
        query, "nodes => nodes.filter(one => !one.closest('[hidden]')).map(one => one.id)"
    )


def seen(page, query):
    """How many of what *query* finds are visible."""
    return page.eval_on_selector_all(query, "nodes => nodes.filter(one => one.checkVisibility()).length")


def pressed(page, query=".toggle"):
    """The texts of the buttons of *query* that are pressed."""
    return [one.inner_text() for one in page.locator(f"{query}[aria-pressed=true]").all()]


def focused(page):
    """The id of what has the focus, else its class, else its tag."""
    return page.evaluate(
        "(one => one.id || one.className || one.tagName.toLowerCase())(document.activeElement)"
    )


def in_sight(page, query):
    """Whether the first that *query* finds is in the window, and in the box that scrolls it."""
    return page.evaluate(
        """query => {
            const node = document.querySelector(query);
            const one = node.getBoundingClientRect();
            const pane = node.closest('.pinned > .article')?.getBoundingClientRect();
            const { top, bottom } = pane ?? { top: 0, bottom: innerHeight };
            return node.checkVisibility() && one.top >= Math.max(top, 0) && one.bottom <= Math.min(bottom, innerHeight);
        }""",
        query,
    )


def widest(page):
    """How wide the page is, with all that sticks out."""
    return page.evaluate("document.documentElement.scrollWidth")
