package dev.cardvault.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.Backing;
import dev.cardvault.testing.Browser;
import dev.cardvault.testing.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The agent's page in a real browser, in front of the running service. */
@QuarkusTest
@QuarkusTestResource(Backing.class)
class AgentPageTest {

  private static Browser browser;

  @Inject TestTenants tenants;

  private static @Nullable Roles shared;

  private Roles roles;

  @BeforeAll
  static void openBrowser() {
    browser = Browser.open();
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void makeATenant() {
    Roles known = shared == null ? Roles.ofNewTenant(tenants) : shared;
    shared = known;
    roles = known;
    browser.size(420, 640);
    browser.prefer("light");
    // What other tests made the page complain of.
    browser.complaints();
  }

  private static void visit(TestCapture capture, String fragment) {
    browser.driver().get("about:blank");
    browser
        .driver()
        .get(RestAssured.baseURI + ":" + RestAssured.port + "/agent/" + capture.id() + fragment);
  }

  private static WebElement find(String css) {
    return browser.driver().findElement(By.cssSelector(css));
  }

  private static String text(String css) {
    List<WebElement> found = browser.driver().findElements(By.cssSelector(css));
    return found.isEmpty() ? "" : String.valueOf(found.get(0).getDomProperty("textContent"));
  }

  private static void awaitText(String css, String wanted) {
    Eventually.await(
        css + " says " + wanted + ", not " + text(css),
        TestCapture.SOON,
        () -> text(css).contains(wanted));
  }

  private static int dots() {
    return browser.driver().findElements(By.cssSelector("[data-field=pan] .dot.keyed")).size();
  }

  private static String focused() {
    return String.valueOf(
        browser.driver().switchTo().activeElement().getDomAttribute("aria-label"));
  }

  private TestCapture linked(String fields, String more) {
    TestCapture capture = TestCapture.open(roles, fields, more);
    visit(capture, "");
    browser.picture("link");
    // The code has the focus: a screen is linked without a mouse.
    browser.driver().switchTo().activeElement().sendKeys(capture.linkCode(), Keys.ENTER);
    awaitText("#state", "Linked");
    return capture;
  }

  @Test
  void showsDotsBrandAndCountAsTheCallerKeys() {
    TestCapture capture = linked("\"pan\",\"expiry\",\"security_code\"", "");
    capture.pressed("41111");
    awaitText("[data-field=pan] .count", "5 of 16");
    assertEquals(5, dots());
    assertEquals("Visa", text("[data-field=pan] .badge"));
    assertEquals("step", find("[data-field=pan]").getDomAttribute("aria-current"));
    browser.picture("keying");
    capture.pressed("11111111111");
    awaitText("[data-field=pan] .count", "16 of 16");
    assertFalse(text("#entry").matches("(?s).*\\d{4}.*"), text("#entry"));
    capture.pressed("#");
    awaitText("[data-field=pan] .note", "Accepted");
    awaitText("[data-field=pan] .dots", "1111");
    awaitText("#spoken", "Card number accepted.");
    capture.pressed("1323");
    awaitText("[data-field=expiry] .note", "This is no month and year.");
    assertTrue(text("[data-field=expiry] .note").contains("Refused so far: 1."));
    browser.picture("refused");
    browser.prefer("dark");
    browser.picture("refused-dark");
    capture.pressed("1230").pressed("123");
    awaitText("#state", "Done");
    awaitText("#problem", "The card is saved.");
    browser.picture("done-dark");
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void warnsOfAWrongNumberBeforeItIsRefused() {
    TestCapture capture = linked("\"pan\"", "").pressed("4111111111111112");
    awaitText("[data-field=pan] .note", "This number is not valid.");
    browser.size(320, 400);
    browser.picture("warned-narrow");
    assertEquals(
        0L,
        ((JavascriptExecutor) browser.driver())
            .executeScript(
                "return document.documentElement.scrollWidth -"
                    + " document.documentElement.clientWidth"));
    assertEquals(16, dots());
    capture.command("cancel");
    awaitText("#problem", "This entry was called off.");
  }

  @Test
  void asksForAFieldAgainByTheKeyboardAlone() {
    TestCapture capture = linked("\"pan\",\"expiry\"", "").pressed("41111");
    awaitText("[data-field=pan] .count", "5 of 16");
    browser.driver().switchTo().activeElement().sendKeys(Keys.TAB);
    assertEquals("Start over: Card number", focused());
    browser.picture("focus");
    browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
    awaitText("[data-field=pan] .count", "0 of 16");
    capture.pressed("4242424242424242#");
    awaitText("[data-field=pan] .dots", "4242");
    browser.driver().switchTo().activeElement().sendKeys(Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB);
    assertEquals("Skip: Expiry", focused());
    browser.driver().switchTo().activeElement().sendKeys(Keys.SPACE);
    awaitText("#state", "Done");
    capture.snapshot().then().body("token.card.last4", equalTo("4242"));
  }

  @Test
  void watchesOnlyWithAnObserversSecret() {
    TestCapture capture = TestCapture.open(roles, "\"pan\"", "");
    visit(capture, "#" + capture.secret("observer"));
    awaitText("#state", "Waiting");
    assertFalse(String.valueOf(browser.driver().getCurrentUrl()).contains("cvo_"));
    capture.pressed("42");
    awaitText("[data-field=pan] .count", "2 of 16");
    assertFalse(find("[data-field=pan] .actions").isDisplayed());
    capture.pressed("42424242424242#");
    awaitText("#state", "Done");
  }

  @Test
  void saysSoWhenTheLinkCodeIsWrong() {
    TestCapture capture = TestCapture.open(roles, "\"pan\"", "");
    visit(capture, "");
    String wrong = capture.linkCode().equals("000000") ? "000001" : "000000";
    find("#code").sendKeys(wrong, Keys.ENTER);
    awaitText("#link-problem", "This is not the link code");
    assertEquals("alert", find("#link-problem").getDomAttribute("role"));
    browser.picture("wrong-code");
    assertFalse(find("#entry").isDisplayed());
  }

  @Test
  void comesWithAStrictPolicyAndNothingInline() {
    String page =
        given()
            .get("/agent/cap_x")
            .then()
            .statusCode(200)
            .header("Content-Security-Policy", containsString("default-src 'none'"))
            .header("Content-Security-Policy", containsString("script-src 'self'"))
            .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
            .header("Content-Security-Policy", not(containsString("unsafe")))
            .header("Referrer-Policy", equalTo("no-referrer"))
            .header("X-Content-Type-Options", equalTo("nosniff"))
            .extract()
            .asString();
    assertFalse(page.matches("(?s).*(<script>|<style>| style=| on[a-z]+=).*"), "inline");
  }

  @Test
  void mayBeFramedByThosePagesThatASettingNames() {
    assertTrue(
        AgentPage.policy("https://desk.example.com 'self'")
            .endsWith("frame-ancestors https://desk.example.com 'self'"));
    assertThrows(IllegalArgumentException.class, () -> AgentPage.policy("'none'; script-src *"));
  }
}
