package dev.gateline.examples.parkgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
    private final Template notice = Template.load("notice.html");

    @Test
    void escape_markup_isHarmless() {
        assertThat(Html.escape("<a href=\"x\" id='y'>&amp;</a>").markup())
                .isEqualTo("&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;");
    }

    @Test
    void fill_text_isEscaped() {
        assertThat(notice.fill(Map.of("text", "<b>$1{text}")).markup()).contains(">&lt;b&gt;$1{text}</p>");
    }

    @Test
    void fill_html_staysAsItIs() {
        assertThat(notice.fill(Map.of("text", new Html("<b>"))).markup()).contains("><b></p>");
    }

    @Test
    void fill_valueMissing_throws() {
        assertThatThrownBy(() -> notice.fill(Map.of())).hasMessage("text");
    }
}
