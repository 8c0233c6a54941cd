package dev.sea.integrations.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Chromium for browser tests: the one that {@code CHROMIUM} names, an installed one, or Playwright's own,
 * downloaded once. Without any, the tests fail with the command that installs one.
 */
final class Chromium implements AutoCloseable {
    private static final List<String> USUAL_PLACES = List.of(
            "/usr/bin/chromium-headless-shell",
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome-stable",
            "/usr/bin/google-chrome",
            "/snap/bin/chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
            "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe");
    /** What Playwright 1.58 switches off. Its list counts no more where another one is given. */
    private static final List<String> FEATURES_OFF_FOR_PLAYWRIGHT = List.of(
            "AvoidUnnecessaryBeforeUnloadCheckSync",
            "BoundaryEventDispatchTracksNodeRemoval",
            "DestroyProfileOnBrowserClose",
            "DialMediaRouteProvider",
            "GlobalMediaControls",
            "HttpsUpgrades",
            "LensOverlay",
            "MediaRouter",
            "PaintHolding",
            "ThirdPartyStoragePartitioning",
            "Translate",
            "AutoDeElevate",
            "RenderDocument",
            "OptimizationHints");
    /**
     * The pages that Chromium loads into each window for its address bar, which nobody sees here, cost more of the processor
     * than a test does. A renderer in reserve is never used.
     */
    private static final List<String> FEATURES_OFF_FOR_SPEED =
            List.of("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess");
    /**
     * Without a sandbox, which refuses to run as root. The other options keep it from calling anything but the page.
     */
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-features="
                    + String.join(",", FEATURES_OFF_FOR_PLAYWRIGHT)
                    + ","
                    + String.join(",", FEATURES_OFF_FOR_SPEED));

    private static final String HELP =
            "The page's tests need a Chromium: none is installed in the usual places, and Playwright's own could not be used. "
                    + "'sudo apt-get install -y chromium' (or any Chrome, named by CHROMIUM=/path/to/it) helps.";
    private static final Path DOWNLOAD_LOG = Path.of("target", "playwright-download.log");
    private static final Map<String, String> NO_DOWNLOAD = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");

    /** Why there is no browser; empty while that is unknown. */
    private static String reason = "";

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Tried once: if the first test gets no browser, the others get none either. */
    static synchronized Chromium launch() {
        if (reason.isEmpty()) {
            try {
                return start();
            } catch (PlaywrightException e) {
                reason = String.valueOf(e.getMessage());
            }
        }
        throw new AssertionError(HELP + " " + reason);
    }

    private static Chromium start() {
        // Otherwise Playwright downloads three browsers, whatever is installed.
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(NO_DOWNLOAD));
        BrowserType.LaunchOptions options =
                new BrowserType.LaunchOptions().setArgs(ARGUMENTS).setTimeout(120_000);
        installed().ifPresentOrElse(options::setExecutablePath, Chromium::download);
        return new Chromium(playwright, playwright.chromium().launch(options));
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static Optional<Path> installed() {
        return Stream.concat(Stream.ofNullable(System.getenv("CHROMIUM")), USUAL_PLACES.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void download() {
        try {
            ProcessBuilder driver =
                    Driver.ensureDriverInstalled(NO_DOWNLOAD, false).createProcessBuilder();
            driver.environment().remove("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD");
            driver.command().addAll(List.of("install", "chromium", "--only-shell"));
            driver.redirectErrorStream(true).redirectOutput(DOWNLOAD_LOG.toFile());
            if (driver.start().waitFor() == 0) {
                return;
            }
        } catch (IOException e) {
            throw new PlaywrightException("The download could not be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new PlaywrightException("The download failed, see " + DOWNLOAD_LOG);
    }
}
