package dev.sea.integrations.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ListFiltersTest {
    private static final String ALL = "/v1/integrations";
    private final Gateway admin = Gateway.admin(Gateway.freshTenant());

    @Test
    void stateHealthAndTheStartOfTheNameNarrowTheList() {
        JsonNode healthy = admin.post(
                        ALL, Drafts.of(Customer.healthy(), "\u00c4rea 51").toString())
                .json();
        admin.post(ALL + "/" + healthy.path("id").asText() + "/activate", null);
        create("Area 7");
        create("area 8");

        assertThat(names("?state=ACTIVE")).containsExactly("\u00c4rea 51");
        assertThat(names("?state=INACTIVE")).containsExactly("Area 7", "area 8");
        assertThat(names("?health=HEALTHY")).containsExactly("\u00c4rea 51");
        assertThat(names("?health=UNKNOWN&name=AREA%208")).containsExactly("area 8");
        assertThat(names("?name=area%20")).containsExactly("Area 7", "area 8");
        assertThat(names("?name=" + encoded("a\u0308rea"))).containsExactly("\u00c4rea 51");
        assertThat(names("?name=rea")).isEmpty();
        assertThat(names("?name=&state=")).hasSize(3);
        assertThat(names("?state=ACTIVE&health=UNHEALTHY")).isEmpty();
    }

    @Test
    void aFilterThatIsNoneIsRefusedByItsName() {
        Map<String, String> bad = Map.of(
                "state=active",
                "state",
                "health=GOOD",
                "health",
                "name=" + "n".repeat(101),
                "name",
                "name=%00",
                "name");
        bad.forEach((query, field) -> {
            Gateway.Answer answer = admin.get(ALL + "?" + query);
            assertThat(answer.status()).as(query).isEqualTo(400);
            assertThat(answer.json().path("errors").path(0).path("field").asText())
                    .isEqualTo(field);
        });
    }

    @Test
    void aFilteredListIsPagedLikeTheWhole() {
        for (int i = 0; i < 3; i++) {
            create("Plant " + i);
            create("Office " + i);
        }

        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = admin.get(ALL + "?limit=2&name=office" + cursor).json();
            page.path("items").forEach(item -> seen.add(item.path("name").asText()));
            cursor = "&cursor=" + page.path("nextCursor").asText("");
        } while (!cursor.equals("&cursor="));

        assertThat(seen).containsExactly("Office 0", "Office 1", "Office 2");
    }

    @Test
    void whatIsAddedAndRemovedMeanwhileNeitherRepeatsNorHidesTheRest() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(create("Plant " + i));
        }
        JsonNode first = admin.get(ALL + "?limit=2").json();
        String added = create("Plant 9");
        admin.send("DELETE", ALL + "/" + ids.get(1), null);
        admin.send("DELETE", ALL + "/" + ids.get(2), null);

        List<String> rest = new ArrayList<>();
        admin.get(ALL + "?limit=10&cursor=" + first.path("nextCursor").asText())
                .json()
                .path("items")
                .forEach(item -> rest.add(item.path("id").asText()));
        assertThat(rest).containsExactly(ids.get(3), added);
    }

    private List<String> names(String query) {
        Gateway.Answer answer = admin.get(ALL + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json()
                .path("items")
                .valueStream()
                .map(item -> item.path("name").asText())
                .toList();
    }

    private String create(String name) {
        Gateway.Answer answer = admin.post(
                ALL + "?validate=false", Drafts.keys().setText("/name", name).toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
