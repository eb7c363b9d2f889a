package dev.gateline.browser;

import java.io.File;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A browser with an empty profile, for which every name is this machine. Used by one thread. */
final class Chromium implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** Which only says that Selenium is older than the browser; a logger that nobody holds forgets its level. */
    private static final Logger VERSIONS = Logger.getLogger("org.openqa.selenium.devtools.CdpVersionFinder");

    static {
        VERSIONS.setLevel(Level.OFF);
    }

    private final ChromeDriver driver;

    Chromium(Path profile) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(installed("chromium").toFile());
        options.setAcceptInsecureCerts(true);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--ignore-certificate-errors",
                "--host-resolver-rules=MAP * 127.0.0.1",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(installed("chromedriver").toFile())
                .usingAnyFreePort()
                .withLogFile(new File("/dev/null"))
                .build();
        driver = new ChromeDriver(service, options);
        driver.manage().timeouts().pageLoadTimeout(LONGEST).scriptTimeout(LONGEST);
    }

    private static Path installed(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        program + " is not installed: apt-get install chromium" + " chromium-driver"));
    }

    /** Goes to an address. */
    Chromium open(String address) {
        driver.get(address);
        return this;
    }

    /** Has a server set a cookie. */
    void toss(Site site, String host, String cookie) {
        open(site.at(host, "/toss?" + URLEncoder.encode(cookie, StandardCharsets.UTF_8)));
    }

    String title() {
        return driver.getTitle();
    }

    /** Types into a field in place of what is there. */
    Chromium type(String id, String text) {
        WebElement field = driver.findElement(By.id(id));
        field.clear();
        field.sendKeys(text);
        return this;
    }

    /** Clicks what a selector of CSS finds first, and waits for the page that it leads to. */
    Chromium click(String selector) {
        WebElement before = driver.findElement(By.tagName("html"));
        driver.findElement(By.cssSelector(selector)).click();
        new WebDriverWait(driver, LONGEST).until(any -> isGone(before));
        return this;
    }

    /** A driver that asks while the page is being replaced gets an error of the browser's own instead. */
    private static boolean isGone(WebElement element) {
        try {
            element.isEnabled();
            return false;
        } catch (StaleElementReferenceException e) {
            return true;
        } catch (WebDriverException e) {
            if (String.valueOf(e.getMessage()).contains("does not belong to the document")) {
                return true;
            }
            throw e;
        }
    }

    /** The attribute of an element; empty if it has none. */
    String attribute(String id, String name) {
        return Optional.ofNullable(driver.findElement(By.id(id)).getDomAttribute(name))
                .orElse("");
    }

    /** The text in a field. */
    String value(String id) {
        return String.valueOf(driver.findElement(By.id(id)).getDomProperty("value"));
    }

    /** The id of the field where the user would type. */
    String focus() {
        return String.valueOf(script("return document.activeElement.id"));
    }

    String address() {
        return driver.getCurrentUrl();
    }

    /** The tab that is looked at. */
    String tab() {
        return driver.getWindowHandle();
    }

    Chromium turnTo(String tab) {
        driver.switchTo().window(tab);
        return this;
    }

    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** Goes back as a user does. */
    void back() {
        driver.navigate().back();
    }

    /** Posts from the page that is open, with cookies, as scripts do. */
    String post(String address) {
        return (String) driver.executeAsyncScript("""
                const done = arguments[1];
                fetch(arguments[0], {method: 'POST', credentials: 'include'})
                    .then(answer => done(String(answer.status)), failure => done('failed'));
                """, address);
    }

    /** Posts from the page that is open without being able to read the answer, as a page of another site can. */
    void postBlindly(String address) {
        driver.executeAsyncScript("""
                const done = arguments[1];
                fetch(arguments[0], {method: 'POST', mode: 'no-cors', credentials: 'include'})
                    .then(() => done(), () => done());
                """, address);
    }

    /** Sends a form from the page that is open, and leaves the page. */
    void submit(String address) {
        driver.executeScript("""
                const form = document.createElement('form');
                form.method = 'post';
                form.action = arguments[0];
                document.body.append(form);
                form.submit();
                """, address);
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Loads a frame into the page that is open, and turns to it. */
    void embed(String address) {
        driver.executeAsyncScript("""
                const done = arguments[1];
                document.body.replaceChildren();
                const frame = document.createElement('iframe');
                frame.onload = () => done();
                frame.src = arguments[0];
                document.body.append(frame);
                """, address);
        driver.switchTo().frame(0);
    }

    void leaveFrame() {
        driver.switchTo().defaultContent();
    }

    /** Opens an address in so many tabs. */
    List<String> tabs(int count, String address) {
        List<String> tabs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            driver.switchTo().newWindow(WindowType.TAB);
            driver.get(address);
            tabs.add(driver.getWindowHandle());
        }
        return tabs;
    }

    /** Lets all tabs fetch at once, and says the statuses that they got. */
    List<String> inAllTabs(List<String> tabs, String method, String path) {
        for (String tab : tabs) {
            driver.switchTo().window(tab);
            driver.executeScript("""
                    const [method, path] = arguments;
                    window.answer = new Promise(done => {
                        window.starter = new BroadcastChannel('start');
                        window.starter.onmessage = () =>
                            fetch(path, {method}).then(answer => done(String(answer.status)), () => done('failed'));
                    });
                    """, method, path);
        }
        driver.executeScript("new BroadcastChannel('start').postMessage('now')");
        List<String> answers = new ArrayList<>();
        for (String tab : tabs) {
            driver.switchTo().window(tab);
            answers.add((String) driver.executeAsyncScript("window.answer.then(arguments[0])"));
            driver.executeScript("window.starter.close()");
        }
        return answers;
    }

    void await(BooleanSupplier condition) {
        new WebDriverWait(driver, LONGEST).until(any -> condition.getAsBoolean());
    }

    @Override
    public void close() {
        driver.quit();
    }
}
