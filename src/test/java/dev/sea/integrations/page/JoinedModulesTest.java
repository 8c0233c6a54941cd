package dev.sea.integrations.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinedModulesTest {

    @Test
    void aModuleComesBeforeThoseThatImportItOnceAndWithItsOwnNames() {
        String joined = join(Map.of(
                "main.js", "import { a } from './a.js';\nimport { b } from './b.js';\na(b);\n",
                "a.js", "import { b } from './b.js';\nconst own = 1;\nexport function a() {\n  return own + b;\n}\n",
                "b.js", "const own = 2;\nexport const b = own;\n"));

        assertThat(joined).isEqualTo("""
                const $b = (() => {
                const own = 2;
                const b = own;
                return { b };
                })();
                const $a = (() => {
                const { b } = $b;
                const own = 1;
                function a() {
                  return own + b;
                }
                return { a };
                })();
                const { a } = $a;
                const { b } = $b;
                a(b);
                """);
    }

    @Test
    void commentsOnLinesOfTheirOwnAreLeftOut() {
        String joined = join(Map.of("main.js", """
                /** Of the page. */

                /**
                 * Two * three.
                 * @param {string} a
                 */
                const a = '// no comment', b = /** @type {any} */ (a);
                  // why
                const link = 'https://example.com/**/'; // stays
                  /** @type {any} */ (b).call();
                """));

        assertThat(joined).isEqualTo("""

                const a = '// no comment', b = /** @type {any} */ (a);
                const link = 'https://example.com/**/'; // stays
                  /** @type {any} */ (b).call();
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import * as a from './a.js';",
                "import { a as b } from './a.js';;",
                "import a from './a.js';",
                "import './a.js';",
                "import { a } from 'https://cdn.example.com/a.js';",
                "export default 1;",
                "export let a = 1;",
                "export { a };",
            })
    void aFormThatItDoesNotKnowIsRefused(String form) {
        assertThatThrownBy(() -> join(Map.of("main.js", form + "\n", "a.js", "export const a = 1;\n")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(form.substring(0, 6));
    }

    @Test
    void modulesThatImportEachOtherAreRefused() {
        assertThatThrownBy(() -> join(Map.of(
                        "main.js", "import { a } from './a.js';\n",
                        "a.js", "import { main } from './main.js';\nexport const a = 1;\n")))
                .hasMessageContaining("[main.js, a.js], main.js");
    }

    private static String join(Map<String, String> files) {
        return JoinedModules.of("main.js", name -> files.getOrDefault(name, ""));
    }
}
