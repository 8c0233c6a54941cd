package dev.sea.integrations.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.FrontDoor;
import java.nio.file.Path;
import java.util.List;

/** The page in the steps that a person takes, everything found by the names that a person sees or hears. */
final class IntegrationsPage {
    static final String ADD = "+ Add External Integration";
    private static final int MOST_TABS = 60;
    /**
     * {@code -Dtest=ConnectionTestTest,AddIntegrationTest,ListPageTest -Dscreenshots=docs/images} writes them; otherwise no test
     * does.
     */
    private static final String PICTURES = System.getProperty("screenshots", "");

    /** Of the named rules, or of all where none is named: what is wrong, and where. */
    private static final String BROKEN_RULES = """
            async rules => {
              const only = rules.length > 0 ? { runOnly: { type: 'rule', values: rules } } : {};
              const { violations, passes } = await axe.run(document, { resultTypes: ['violations'], ...only });
              if (passes.length === 0) throw new Error('axe has looked at nothing');
              return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(node => node.html) }));
            }""";

    private final Page page;

    private IntegrationsPage(Page page) {
        this.page = page;
    }

    static IntegrationsPage open(Page page, FrontDoor door) {
        page.navigate(door.url() + "/");
        IntegrationsPage opened = new IntegrationsPage(page);
        assertThat(opened.heading("External Integrations")).isVisible();
        return opened;
    }

    Page page() {
        return page;
    }

    Locator heading(String name) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    /** Text that is shown: the page has its panels twice or more, hidden. */
    Locator text(String shown) {
        return page.getByText(shown).locator("visible=true");
    }

    Locator row(String name) {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(name));
    }

    IntegrationsPage press(String name) {
        button(name).click();
        return this;
    }

    IntegrationsPage fill(String label, String value) {
        field(label).fill(value);
        return this;
    }

    /** Description has "(optional)" behind its name. */
    IntegrationsPage describe(String text) {
        page.getByLabel("Description").fill(text);
        return this;
    }

    IntegrationsPage choose(String method) {
        page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName(method))
                .check();
        return this;
    }

    /** Steps 3 to 5 of the product's procedure, for a customer's bucket. */
    IntegrationsPage startAdding(String name, Customer customer) {
        return press(ADD).fill("Name", name).fill("Region", customer.region()).fill("Bucket", customer.name("bucket"));
    }

    IntegrationsPage withRole(Customer customer) {
        return choose("Assume Role")
                .fill("Role ARN", customer.name("roleArn"))
                .fill("External ID", customer.name("externalId"));
    }

    IntegrationsPage withKey(Customer customer) {
        return choose("Access Credential")
                .fill("Access Key", customer.name("accessKeyId"))
                .fill("Secret Access Key", customer.name("secretAccessKey"));
    }

    /** The title of the last test's report. */
    Locator verdict() {
        return page.locator(".report h3").locator("visible=true");
    }

    Locator check(String name) {
        return page.locator(".report li").filter(new Locator.FilterOptions().setHasText(name));
    }

    /** The problem that belongs to a field, as a screen reader ties it to the field. */
    Locator error(String label) {
        return page.locator("#" + field(label).getAttribute("id") + "-error");
    }

    /** What "Copy" put on the clipboard. */
    String copied(String title) {
        press("Copy " + title);
        // The button says so for a moment only.
        String shown = page.getByLabel(title, new Page.GetByLabelOptions().setExact(true))
                .locator("code")
                .textContent();
        page.waitForFunction("async shown => await navigator.clipboard.readText() === shown", shown);
        return shown;
    }

    /** Goes on by the Tab key alone until the named control has the focus. */
    IntegrationsPage tabTo(Locator control) {
        for (int presses = 0; presses < MOST_TABS; presses++) {
            page.keyboard().press("Tab");
            if ((boolean) control.evaluate("control => control === document.activeElement")) {
                return this;
            }
        }
        throw new AssertionError("the keyboard does not get to " + control);
    }

    /** By keyboard alone. */
    IntegrationsPage typeInto(String label, String text) {
        tabTo(field(label));
        page.keyboard().type(text);
        return this;
    }

    /** By keyboard alone. */
    IntegrationsPage enter(String button) {
        tabTo(button(button));
        page.keyboard().press("Enter");
        return this;
    }

    /** No rule of axe is broken in what is shown now, in light and in dark, which differ in colours only. */
    IntegrationsPage isAccessible() {
        assertAccessible(List.of());
        boolean dark = (boolean) page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches");
        scheme(dark ? ColorScheme.LIGHT : ColorScheme.DARK);
        assertAccessible(List.of("color-contrast"));
        scheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT);
        return this;
    }

    /** A picture for the README or the documents, where pictures are wanted. */
    IntegrationsPage picture(String name) {
        if (!PICTURES.isEmpty()) {
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(PICTURES, name + ".png")));
        }
        return this;
    }

    private void scheme(ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    }

    /** Without the builder, which loads axe again each time and has it describe all that is right too. */
    private void assertAccessible(List<String> rules) {
        if ((boolean) page.evaluate("typeof axe === 'undefined'")) {
            page.evaluate(AxeBuilder.getAxeScript());
        }
        org.assertj.core.api.Assertions.assertThat(page.evaluate(BROKEN_RULES, rules))
                .isEqualTo(List.of());
    }
}
