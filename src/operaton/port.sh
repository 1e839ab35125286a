#!/usr/bin/env bash
# Copies the sources into target/operaton and renames what Camunda 7 and its fork Operaton call differently; docs/operaton.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=${OPERATON_VERSION:-1.0.3}
camunda=$(sed -n 's#.*<camunda.version>\(.*\)</camunda.version>.*#\1#p' pom.xml)
out=target/operaton
rm -rf "$out"
mkdir -p "$out"
cp -r pom.xml src processes forms docs README.md LICENSE NOTICE .mvn "$out"
cd "$out"

# What is small, uses only the engine's public API and is not published for this version is taken from Camunda, and
# renamed like our own sources.
renamed() {
  local group=$1 artifact=$2 to=$3
  if mvn -B -ntp -q dependency:get -Dartifact="${group/camunda/operaton}:${artifact/camunda/operaton}:$version" -Dtransitive=false >/dev/null 2>&1; then
    return
  fi
  echo "There is no ${artifact/camunda/operaton} $version: the sources of $artifact $camunda are renamed in its place."
  mvn -B -ntp -q dependency:unpack -Dartifact="$group:$artifact:$camunda:jar:sources" -DoutputDirectory="$artifact"
  mkdir -p "$to/java/org/operaton" "$to/resources/META-INF/services"
  cp -r "$artifact"/org/camunda/. "$to/java/org/operaton/"
  if [ -d "$artifact/META-INF/services" ]; then cp "$artifact"/META-INF/services/* "$to/resources/META-INF/services/"; fi
  sed -i -E "/<dependency>/{:a;N;/<\/dependency>/!ba;/>$artifact</d}" pom.xml
}
renamed org.camunda.bpm camunda-bpm-assert src/test
renamed org.camunda.spin camunda-spin-dataformat-json-jackson src/main

# Packages, class names and accessors of the model, settings, the prefix of the web applications, and the group of
# administrators. The namespace of diagrams and the prefix of form keys stay: Operaton reads those of Camunda 7.
find src -type f \( -name '*.java' -o -name '*.yaml' -o -name '*.js' -o -name '*.html' -o -name '*.properties' -o -name '*.factories' -o -path '*META-INF/services*' \) -print0 |
  xargs -0 sed -i -E \
    -e 's/org\.camunda\.bpm\.impl\.juel\.jakarta\.el/jakarta.el/g' \
    -e 's/org\.camunda/org.operaton/g' \
    -e 's/(\b|[a-z])Camunda([A-Z])/\1Operaton\2/g' \
    -e 's/\binstance\.camunda\b/instance.operaton/g' \
    -e 's/\.camunda([A-Z])/.operaton\1/g' \
    -e 's/\bCAMUNDA_([A-Z])/OPERATON_\1/g' \
    -e 's/camunda\.bpm/operaton.bpm/g' \
    -e 's#/camunda/#/operaton/#g' \
    -e 's#"/camunda"#"/operaton"#g' \
    -e 's/camunda-admin/operaton-admin/g' \
    -e 's/camunda-welcome/operaton-welcome/g'
find src -depth -name 'org.camunda*' | while read -r file; do
  mv "$file" "$(dirname "$file")/$(basename "$file" | sed 's/org\.camunda/org.operaton/')"
done
find src -depth -type d -path '*webjars/camunda' | while read -r folder; do mv "$folder" "$(dirname "$folder")/operaton"; done

# What Operaton calls deprecated is no error in the copy, and the copy is not checked a second time.
sed -i -E \
  -e '0,/^  <dependencies>/s##&<dependency><groupId>com.jayway.jsonpath</groupId><artifactId>json-path</artifactId></dependency>#' \
  -e '/<arg>-Werror<\/arg>/d' \
  -e 's#<phase>process-test-classes</phase>#<phase>none</phase>#' \
  -e 's/org\.camunda/org.operaton/g' \
  -e 's#<artifactId>camunda-#<artifactId>operaton-#' \
  -e "s#<camunda.version>[^<]*<#<camunda.version>$version<#" \
  pom.xml
echo "$out has the sources for Operaton $version."
