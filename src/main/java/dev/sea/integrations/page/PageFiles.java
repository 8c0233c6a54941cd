package dev.sea.integrations.page;

import dev.sea.integrations.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The page's files as they are sent: the HTML document, and the script, stylesheet and icon that it refers to. Their paths
 * contain a hash of all files.
 */
final class PageFiles {
    private static final String FOLDER = "META-INF/resources/page/";
    private static final String SCRIPT = "main.js";
    private static final int VERSION_LENGTH = 16;

    private final Map<String, PageFile> files = new TreeMap<>();
    private final String version;
    private final String document;

    /** A file as it is sent. */
    record PageFile(String mediaType, String text) {}

    private PageFiles() {
        files.put(SCRIPT, new PageFile("text/javascript;charset=utf-8", JoinedModules.of(SCRIPT, PageFiles::text)));
        files.put("page.css", new PageFile("text/css;charset=utf-8", text("page.css")));
        files.put("icon.svg", new PageFile("image/svg+xml", text("icon.svg")));
        String plain = text("index.html");
        version = hash(plain + files);
        document = plain;
    }

    static PageFiles read() {
        return new PageFiles();
    }

    /**
     * The HTML document.
     *
     * @param base what stands before {@code /assets} in the paths that the browser knows, such as {@code /sea}; the browser may
     *     have asked for the page without a slash at its end, so that relative links would miss it
     */
    String document(String base) {
        String sent = document;
        for (String name : files.keySet()) {
            sent = sent.replace(
                    "=\"" + name + "\"",
                    "=\"" + (base.isEmpty() ? "" : base + "/") + "assets/" + version + "/" + name + "\"");
        }
        return sent;
    }

    /** Changes with any change of any file. */
    String version() {
        return version;
    }

    Optional<PageFile> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    private static String text(String name) {
        try (InputStream stream = Thread.currentThread().getContextClassLoader().getResourceAsStream(FOLDER + name)) {
            if (stream == null) {
                throw new IllegalStateException("the page refers to " + name + ", which does not exist");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String text) {
        return Sha256.hex(text).substring(0, VERSION_LENGTH);
    }
}
