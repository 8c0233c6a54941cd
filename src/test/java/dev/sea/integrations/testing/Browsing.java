package dev.sea.integrations.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives each test a browser window. At the end of the test, the window must have called no other origin, and its
 * console must show nothing but the error answers that the test provokes.
 */
public final class Browsing implements BeforeEachCallback, AfterEachCallback {
    /** Long, because two cores may be busy with other work. */
    private static final double PATIENCE_MS = 20_000;

    private static final ExtensionContext.Namespace SHARED = ExtensionContext.Namespace.create(Browsing.class);
    private static final String AN_ANSWER_IS_AN_ERROR = "Failed to load resource";

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private @Nullable BrowserContext context;
    private @Nullable Page page;

    @Override
    public void beforeEach(ExtensionContext test) {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        complaints.clear();
        open(chromium(test).browser(), "en-US", "UTC");
    }

    /** Opens another window instead, of a reader with this language and time zone. */
    public void startAnew(String language, String zone) {
        Browser browser = Objects.requireNonNull(Objects.requireNonNull(context).browser());
        close();
        open(browser, language, zone);
    }

    private void open(Browser browser, String language, String zone) {
        BrowserContext fresh = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(1280, 800)
                .setLocale(language)
                .setTimezoneId(zone)
                .setColorScheme(ColorScheme.LIGHT)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setPermissions(List.of("clipboard-read", "clipboard-write")));
        fresh.setDefaultTimeout(PATIENCE_MS);
        fresh.onConsoleMessage(this::listen);
        fresh.onWebError(error -> complaints.add(error.error()));
        // The identity provider of a test has the same origin as the page.
        fresh.onRequest(request -> {
            if (!request.url().startsWith("http://localhost:") && !request.url().startsWith("data:")) {
                complaints.add("a call to " + request.url());
            }
        });
        context = fresh;
        page = fresh.newPage();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        if (context == null) {
            return;
        }
        if (test.getExecutionException().isPresent()) {
            page().screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(
                            "target",
                            "page-failures",
                            test.getRequiredTestMethod().getName() + ".png")));
        }
        close();
        if (!complaints.isEmpty()) {
            throw new AssertionError("the page complained: " + complaints);
        }
    }

    /** Playwright fails where a test is to answer a request of a window that closes. What that window opened may close itself. */
    private void close() {
        page().unrouteAll();
        Objects.requireNonNull(context).close();
    }

    public Page page() {
        return Objects.requireNonNull(page);
    }

    private static Chromium chromium(ExtensionContext test) {
        return Objects.requireNonNull(test.getRoot()
                .getStore(SHARED)
                .getOrComputeIfAbsent(Chromium.class, _ -> Chromium.launch(), Chromium.class));
    }

    private void listen(ConsoleMessage message) {
        boolean serious = message.type().equals("error") || message.type().equals("warning");
        if (serious && !message.text().startsWith(AN_ANSWER_IS_AN_ERROR)) {
            complaints.add(message.text());
        }
    }
}
