package io.berth.rule.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.util.Collections;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is no rule, and whether the author can tell why.
final class SqlRefusalTest {
    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            `` => the SQL: a rule's SQL begins with SELECT
            SELEC a FROM "t" => the SQL: a rule's SQL begins with SELECT
            SELECT a, FROM "t" => not understood at
            SELECT a FROM "t" WHERE => the SQL: character 19: not understood at WHERE
            SELECT a FROM "t" WHERE CASE 'x' => the SQL: it ends where more must follow
            SELECT a FROM "t" WHERE a > 1 extra => the SQL: character 31: not understood at extra
            SELECT a b c FROM "t" => the SQL: character 12: not understood at c
            SELECT a FROM "t" WHERE (a > 1 => the SQL: character 31: a bracket is not closed
            SELECT a FROM "t" WHERE a > 1) => the SQL: character 30: a bracket is closed that was not opened
            SELECT a FROM "t" WHERE a = 'x => the SQL: character 29: the ' is not closed
            SELECT a FROM "t WHERE a = 1 => the SQL: character 15: the " is not closed
            SELECT a FROM "t" WHERE a = ‘x’ => the SQL: character 29: a typographic quotation mark; texts stand in ', names in "
            SELECT a FROM "t" WHERE a = N'x' => the SQL: character 30: a space is missing before the text
            SELECT a FROM "t" -- all => a rule has no comments
            SELECT a /* b */ FROM "t" => a rule has no comments
            SELECT a FROM "t"; DROP TABLE t => a rule is one statement without a ;
            SELECT a FROM "t" WHERE a = ? => a rule has no ? outside of quotation marks
            SELECT a::int FROM "t" => a rule has no : outside of quotation marks
            SELECT `a` FROM "t" => a rule has no ` outside of quotation marks
            SELECT $$a$$ FROM "t" => a rule has no $ outside of quotation marks
            DELETE FROM t => a rule's SQL begins with SELECT
            UPDATE t SET a = 1 => a rule's SQL begins with SELECT
            INSERT INTO t VALUES (1) => a rule's SQL begins with SELECT
            DROP TABLE t => a rule's SQL begins with SELECT
            (SELECT a FROM "t") => a rule's SQL begins with SELECT
            SELECT a => FROM wants one topic in quotation marks: FROM "/productKey/+/user/update"
            SELECT a FROM t => FROM wants one topic in quotation marks
            SELECT a FROM /a1/+/user/update => not understood at
            SELECT a FROM "/a1/+x/user" => FROM: a topic filter has 1 to 65535 bytes, + only as a whole level
            SELECT a FROM "" => FROM: a topic filter
            SELECT a FROM "t" x => FROM wants one topic in quotation marks
            SELECT a FROM "t", "u" => JOIN, or a second topic, is not part of a rule's SQL
            SELECT a FROM "t" JOIN "u" ON b = c => not understood at
            SELECT a FROM "t" NATURAL JOIN "u" => JOIN, or a second topic, is not part of a rule's SQL
            SELECT a FROM (SELECT b FROM "t") => FROM wants one topic in quotation marks
            SELECT DISTINCT a FROM "t" => DISTINCT is not part of a rule's SQL
            SELECT TOP 3 a FROM "t" => not understood at 3
            SELECT a FROM "t" GROUP BY a => GROUP BY is not part of a rule's SQL
            SELECT a FROM "t" GROUP BY a HAVING a > 1 => GROUP BY is not part of a rule's SQL
            SELECT a FROM "t" ORDER BY a => ORDER BY is not part of a rule's SQL
            SELECT a FROM "t" LIMIT 5 => LIMIT is not part of a rule's SQL
            SELECT a FROM "t" OFFSET 5 => OFFSET is not part of a rule's SQL
            SELECT a FROM "t" UNION SELECT b FROM "u" => a second SELECT is not part of a rule's SQL
            WITH x AS (SELECT 1) SELECT a FROM "t" => a rule's SQL begins with SELECT
            SELECT a FROM "t" MINUS SELECT b FROM "u" => a second SELECT is not part of a rule's SQL
            SELECT a INTO b FROM "t" => not understood at b
            SELECT a FROM "t" FOR UPDATE => not understood at UPDATE
            SELECT a.* FROM "t" => * stands alone, without a name or an exception
            SELECT * AS a FROM "t" => * stands alone, without a name or an exception
            SELECT * EXCEPT (a) FROM "t" => * stands alone, without a name or an exception
            SELECT (SELECT 1) FROM "t" => (SELECT 1) is not part of a rule's SQL
            SELECT a FROM "t" WHERE a IN (SELECT b FROM "u") => is not part of a rule's SQL
            SELECT a FROM "t" WHERE EXISTS (SELECT 1) => EXISTS (SELECT 1) is not part of a rule's SQL
            SELECT a FROM "t" WHERE a BETWEEN 1 AND 2 => a BETWEEN 1 AND 2 is not part of a rule's SQL
            SELECT a FROM "t" WHERE a IN (1, b) => IN wants constants, not b
            SELECT a FROM "t" WHERE a IN 5 => is not part of a rule's SQL
            SELECT a FROM "t" WHERE a LIKE b => LIKE wants a text in single quotation marks
            SELECT a FROM "t" WHERE a LIKE 'b' ESCAPE 'c' => not understood at ESCAPE
            SELECT a FROM "t" WHERE a RLIKE 'b' => not understood at RLIKE
            SELECT a FROM "t" WHERE a == 1 => not understood at =
            SELECT a FROM "t" WHERE a = b (+) => a = b (+) is not part of a rule's SQL
            SELECT a FROM "t" WHERE (a, b) = (1, 2) => (a, b) is not part of a rule's SQL
            SELECT a FROM "t" WHERE a | 1 = 1 => a | 1 is not part of a rule's SQL
            SELECT a FROM "t" WHERE a << 1 = 1 => a << 1 is not part of a rule's SQL
            SELECT CAST(a AS int) FROM "t" => CAST(a AS int) is not part of a rule's SQL
            SELECT DATE '2020-01-01' FROM "t" => the text '2020-01-01' stands where nothing must
            SELECT 'a' 'b' FROM "t" => the text 'b' stands where nothing must
            SELECT sum(a) OVER () FROM "t" => sum(a) OVER () is not part of a rule's SQL
            SELECT abs(DISTINCT a) FROM "t" => abs(DISTINCT a) is not part of a rule's SQL
            SELECT devicename(a) FROM "t" => character 8: deviceName has 0 arguments, not 1
            SELECT deviceNam() FROM "t" => the SQL: character 8: there is no function deviceNam; did you mean deviceName?
            SELECT sum(a) FROM "t" => there is no function sum; did you mean sin?
            SELECT frobnicate(a) FROM "t" => the SQL: character 8: there is no function frobnicate
            SELECT a.b(c) FROM "t" => there is no function
            SELECT abs() FROM "t" => abs has 1 argument, not 0
            SELECT log(1, 2, 3) FROM "t" => log has 1 to 2 arguments, not 3
            SELECT to_base64(a) FROM "t" => to_base64 works on the payload; write to_base64(*)
            SELECT upper(*) FROM "t" => upper takes no *
            SELECT crypto(a, 'MD6') FROM "t" => crypto knows MD2, MD5, SHA1, SHA-256, SHA-384 and SHA-512, not MD6
            SELECT crypto(a, b) FROM "t" => crypto wants a text in single quotation marks here
            SELECT timestamp_utc('b') FROM "t" => timestamp_utc: Unknown pattern letter: b
            SELECT timestamp(a) FROM "t" => timestamp wants a text in single quotation marks here
            SELECT payload('klingon') FROM "t" => payload: there is no encoding klingon
            SELECT payload('§') FROM "t" => payload: there is no encoding §
            SELECT thingPropertyFlatMap(1) FROM "t" => thingPropertyFlatMap wants a text in single quotation marks here
            SELECT a..b FROM "t" => the SQL: character
            SELECT "a..b" FROM "t" => a..b: a path has no empty level
            SELECT "" FROM "t" => a path has no empty level
            SELECT "a[x]" FROM "t" => a[x]: an index is a whole number from 0 to 99999
            SELECT a[b] FROM "t" => a[b]: an index is a whole number from 0 to 99999
            SELECT a[-1] FROM "t" => a[-1]: an index is a whole number from 0 to 99999
            SELECT "a[0]b" FROM "t" => a[0]b: nothing follows an index but a . or an index
            SELECT "a[0" FROM "t" => a[0: nothing follows an index but a . or an index
            SELECT "a[100000]" FROM "t" => an index is a whole number from 0 to 99999
            """)
    void a_statement(String statement, String reason) {
        refused(() -> topic(statement), reason);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            a FROM "t" => select: FROM and WHERE are not part of it
            a WHERE b = 1 => select: FROM and WHERE are not part of it
            a LIMIT 1 => select: LIMIT is not part of a rule's SQL
            a, => select: character 2: not understood at ,
            a b c => select: character 5: not understood at c
            5 => select: a constant or a function needs a name: AS name
            GET_TAG('a') => select: a constant or a function needs a name: AS name
            a AS "b c" => select: AS b c: a name has 1 to 32 letters, digits, _ and -
            a AS abcdefghijklmnopqrstuvwxyzabcdefg => a name has 1 to 32 letters, digits, _ and -
            deviceName() AS a => select: character 1: there is no function deviceName
            GET_TAGS('a') AS a => there is no function GET_TAGS; did you mean GET_TAG?
            """)
    void a_select(String select, String reason) {
        refused(() -> new NotificationSql().compile(select, ""), reason);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            a = 1 GROUP BY b => where: GROUP BY is not part of a rule's SQL
            a = => where: it ends where more must follow
            a = 1 2 => where: character 7: not understood at 2
            a = 1 UNION SELECT b => where: a second SELECT is not part of a rule's SQL
            WHERE a = 1 => where:
            """)
    void a_where(String where, String reason) {
        refused(() -> new NotificationSql().compile("", where), reason);
    }

    @Test
    void more_than_the_vendor_allows() {
        String fields = String.join(", ", Collections.nCopies(TopicSql.MAX_FIELDS + 1, "a"));
        String names = "a AS b" + ", a AS b".repeat(NotificationSql.MAX_NAMES);

        refused(() -> topic("SELECT " + fields + " FROM \"#\""), "more than 50 fields are selected");
        refused(() -> topic("SELECT a FROM \"#\"" + " ".repeat(TopicSql.MAX_LENGTH)), "longer than 8192 characters");
        refused(() -> new NotificationSql().compile(names, ""), "select: more than 10 names");
        refused(
                () -> new NotificationSql().compile("", "a = 1" + " ".repeat(2_500)),
                "where: longer than 2500 characters");
    }

    @Test
    void nesting_beyond_the_bounds() {
        refused(
                () -> topic("SELECT a FROM \"#\" WHERE " + "(".repeat(33) + "a" + ")".repeat(33)),
                "the SQL: character 57: brackets are nested deeper than 32");
        refused(
                () -> topic("SELECT a FROM \"#\" WHERE a" + " + 1".repeat(100) + " > 1"),
                "the SQL: expressions are nested deeper than 100");
        refused(
                () -> topic("SELECT a FROM \"#\" WHERE a LIKE '" + "x".repeat(257) + "'"),
                "a pattern of LIKE is longer than 256 characters");
        refused(
                () -> topic("SELECT timestamp('" + "y".repeat(65) + "') FROM \"#\""),
                "a format has at most 64 characters");
    }

    private static void topic(String statement) {
        new TopicSql(TopicSql.VENDOR_ZONE).compile(statement);
    }

    private static void refused(ThrowingCallable compile, String reason) {
        assertThatThrownBy(compile)
                .hasMessageContaining(reason)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem()).isEqualTo(Problem.INVALID_ARGUMENT));
    }
}
