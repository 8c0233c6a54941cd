package dev.sea.integrations.page;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.sea.integrations.testing.Browsing;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A test may end at any moment. */
class BrowsingTest {
    @RegisterExtension
    final Browsing browsing = new Browsing();

    @RepeatedTest(10)
    void requestsThatATestAnswersMayGoOnWhenItEnds() {
        Page page = browsing.page();
        page.route(
                "http://localhost:9/**",
                route -> route.fulfill(
                        new Route.FulfillOptions().setContentType("text/html").setBody("<p>here</p>")));
        page.navigate("http://localhost:9/");
        page.evaluate("() => { const again = () => fetch('/').then(again, () => {}); again(); again(); }");
    }

    @RepeatedTest(10)
    void windowsThatItOpenedMayCloseWhenItEnds() {
        Page page = browsing.page();
        page.waitForPopup(() -> page.evaluate("""
                () => {
                  for (let i = 0; i < 8; i++) {
                    const opened = open('about:blank');
                    setTimeout(() => opened.close(), 4 * i);
                  }
                }
                """));
    }
}
