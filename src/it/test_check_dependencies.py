from __future__ import annotations

import json
import pathlib
import sys
import tempfile
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import check_dependencies as check  # noqa: E402 - after the path that it is on


class VersionsTest(unittest.TestCase):
    def test_versions_sort_as_maven_and_python_sort_them(self) -> None:
        ascending = (
            ["4.1.9.Final", "4.1.133.Final", "4.1.136.Final", "4.2.0.Final"],
            ["3.33.2", "3.33.2.1", "3.33.3", "3.33.3.3", "3.33.10"],
            ["2.0.0-alpha1", "2.0.0-beta2", "2.0.0.CR1", "2.0.0", "2.0.0.SP1"],
            ["5.0.0-SNAPSHOT", "5.0.0-M2", "5.0.0-rc.1", "5.0.0-rc.2", "5.0.0"],
            ["2.9.0.dev1", "2.9.0a1", "2.9.0rc1", "2.9.0", "2.9.0.post0", "2.9.1"],
        )
        for versions in ascending:
            self.assertEqual(sorted(reversed(versions), key=check.version_key), versions)

    def test_versions_that_mean_the_same_are_the_same(self) -> None:
        for one, other in (("1.0", "1"), ("4.1.136.Final", "4.1.136"), ("33.5.0-jre", "33.5.0"), ("2026.01.02", "2026.1.2")):
            self.assertEqual(check.version_key(one), check.version_key(other))

    def test_a_version_that_cannot_be_compared_is_an_error(self) -> None:
        for version in ("latest", "1.0-redhat-00001", "1.0+local", ""):
            with self.subTest(version), self.assertRaises(ValueError):
                check.version_key(version)

    def test_a_range_holds_where_each_of_its_comparisons_does(self) -> None:
        for version, comparisons, expected in (
            ("2.21.4", "< 2.21.5", True),
            ("2.21.5", "< 2.21.5", False),
            ("2.18.9", ">= 2.19, < 2.21.5", False),
            ("2.21.2", ">= 2.19, < 2.21.5", True),
            ("1.2", "<= 1.2", True),
            ("1.2", "> 1.2", False),
            ("1.2.0", "= 1.2", True),
        ):
            self.assertEqual(check.vulnerable(version, comparisons), expected, f"{version} {comparisons}")
        with self.assertRaises(ValueError):
            check.vulnerable("1.2", "before 1.3")


class AdvisoriesTest(unittest.TestCase):
    NETTY = {"id": "CVE-1", "package": "pkg:maven/io.netty/netty-*", "vulnerable": "< 4.1.136", "what": "breaks"}

    def test_a_listed_version_is_wrong_and_its_fix_is_not(self) -> None:
        handler = "pkg:maven/io.netty/netty-handler"
        wrong, accepted = check.judge([self.NETTY], [(handler, "4.1.133.Final"), ("pkg:maven/io.vertx/vertx-core", "4.1.1")])
        self.assertEqual((len(wrong), accepted), (1, []))
        self.assertTrue(wrong[0].startswith(f"{handler}@4.1.133.Final: CVE-1"))
        self.assertEqual(check.judge([self.NETTY], [(handler, "4.1.136.Final")]), ([], []))

    def test_an_accepted_one_is_told_and_must_still_be_there(self) -> None:
        advisory = self.NETTY | {"accepted": {"reason": "no way to it", "date": "2026-11-28"}}
        handler = "pkg:maven/io.netty/netty-handler"
        wrong, accepted = check.judge([advisory], [(handler, "4.1.133.Final")])
        self.assertEqual(wrong, [])
        self.assertIn("no way to it", accepted[0])
        wrong, accepted = check.judge([advisory], [(handler, "4.1.136.Final")])
        self.assertEqual((len(wrong), accepted), (1, []))

    def test_the_list_is_complete_and_each_range_can_be_read(self) -> None:
        for advisory in json.loads(check.ADVISORIES.read_text()):
            with self.subTest(advisory["id"], package=advisory["package"]):
                self.assertLessEqual({"id", "package", "vulnerable", "what"}, advisory.keys())
                self.assertLessEqual(advisory.keys(), {"id", "package", "vulnerable", "what", "accepted"})
                self.assertEqual(advisory.get("accepted", {"reason": "", "date": ""}).keys(), {"reason", "date"})
                check.vulnerable("1", advisory["vulnerable"])


class PackagesTest(unittest.TestCase):
    def test_packages_are_read_from_both_lists(self) -> None:
        bill = {"components": [{"purl": "pkg:maven/io.netty/netty-handler@4.1.136.Final?type=jar"}]}
        self.assertEqual(check.maven_packages(bill), [("pkg:maven/io.netty/netty-handler", "4.1.136.Final")])
        lock = "# moto==1\nPyYAML==6.0.4 \\\n    --hash=sha256:00\nmoto[server]==5.2.5 ; python_version < '3.11' \\\n"
        self.assertEqual(check.python_packages(lock), [("pkg:pypi/pyyaml", "6.0.4"), ("pkg:pypi/moto", "5.2.5")])

    def test_the_lock_names_every_package_with_hashes_and_no_index(self) -> None:
        lock = check.LOCK.read_text()
        pinned = check.python_packages(lock)
        self.assertTrue({"pkg:pypi/moto", "pkg:pypi/boto3", "pkg:pypi/werkzeug"} <= {package for package, _ in pinned})
        lines = [line for line in lock.replace("\\\n", " ").splitlines() if line and not line.lstrip().startswith("#")]
        self.assertEqual(len(lines), len(pinned))
        for line in lines:
            self.assertIn(" --hash=sha256:", line)
            self.assertNotIn("://", line)

    def test_a_jar_that_the_list_lacks_is_named(self) -> None:
        with tempfile.TemporaryDirectory() as directory:
            function = pathlib.Path(directory, "function.zip")
            with zipfile.ZipFile(function, "w") as files:
                files.writestr("lib/modified-io.netty.netty-handler-4.1.136.Final.jar", "")
                files.writestr("lib/org.example.other-1.jar", "")
            listed = [("pkg:maven/io.netty/netty-handler", "4.1.136.Final")]
            self.assertEqual(check.unlisted(function, listed), ["org.example.other-1.jar"])


if __name__ == "__main__":
    unittest.main()
