"""Plays all of the project's mistake cases against the packaged function: starts it, then the cases in JUnit
(PackagedFunctionMistakes), which set up each case in the same local AWS."""

from __future__ import annotations

import argparse
import pathlib
import re
import subprocess
import sys
import time

import lambda_function as packaged

PROPERTIES = packaged.ROOT / "src/main/resources/application.properties"
#: Settings that the cases rely on, as application.properties has them for tests.
FOR_TESTS = re.compile(r"^%(?:dev,)?test\.(sea\.(?:validation|limits)\.[a-z-]+)=(.*)$", re.M)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--java-home", required=True)
    options = parser.parse_args()
    settings = {re.sub(r"\W", "_", name).upper(): value for name, value in FOR_TESTS.findall(PROPERTIES.read_text())}
    state = options.work / "aws"
    with packaged.local_aws(state) as aws, packaged.running(
        "api", aws, options.work, options.java_home, settings
    ) as function:
        start = time.monotonic()
        cases = ["./mvnw", "-B", "-ntp", "surefire:test", "-Dtest=PackagedFunctionMistakes"]
        cases += [f"-Dlocal-aws.state={state}", f"-Dfunction={function.url}", f"-Dfunction.log={function.log}"]
        result = subprocess.run(cases, cwd=packaged.ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        errors = [line for line in function.log.read_text(errors="replace").splitlines() if '"level":"ERROR"' in line]
    ran = re.findall(r"Tests run: \d+, Failures: \d+, Errors: \d+, Skipped: \d+", result.stdout)
    if result.returncode:
        print(result.stdout)
    print(f"mistake cases: {ran[-1] if ran else 'none has run'}, {round(time.monotonic() - start)} s")
    if errors:
        print(f"{len(errors)} errors logged, the first: {errors[0][:3000]}")
    sys.exit(1 if result.returncode or errors or not ran else 0)


if __name__ == "__main__":
    main()
