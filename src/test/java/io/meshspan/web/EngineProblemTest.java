package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.ProblemDetail;

/** What Camunda says to developers, said to people. */
class EngineProblemTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "500|RestException|1|Cannot complete task x: ENGINE-03005 Execution of 'DELETE TaskEntity[x]' "
                        + "failed.|409|Somebody else made the same request",
                "500|TaskAlreadyClaimedException|0|Task 'x' is already claimed by someone else.|409|Somebody "
                        + "else made",
                "500|ProcessEngineException|10002|value too long for type character varying(255)|400|request, a text",
                "500|RestException|0|Cannot complete task x: Cannot find task with id x: task is null|404|This task no longer exists",
                "500|NullPointerException|0|Cannot invoke ~A.b()~ because ~dto~ is null|400|request, body: expected",
                "500|IllegalStateException|0|io.meshspan.mesh.Mesh is broken|500|The service could not do this",
                "403|AuthorizationException|0|olivia asked for this change and cannot approve it"
                        + "|403|olivia asked for this change and cannot approve it",
                "400|JsonMappingException|0|Unrecognized field ~nosuch~ (class org.camunda.x.Dto), not ignorable"
                        + "|400|request, nosuch: expected a field of this operation, found no such field",
                "400|JsonMappingException|0|Cannot deserialize value of type `java.util.Map` from Array value (through"
                        + " reference chain: org.camunda.x.Dto[~variables~])|400|request, variables: expected a value",
                "500|ProcessEngineException|0|Cannot find serializer for value 'ObjectValue [value=null]'"
                        + "|400|request, variables: expected values of the types String",
                "400|InvalidRequestException|0|Cannot instantiate process definition x:1: Cannot convert value 'x,x' of type"
                        + " 'Integer'|400|request, variables: expected values that fit their types",
                "500|IllegalArgumentException|0|Cannot create file without valueInfo.|400|request, body: expected the required fields",
                "500|NullValueException|0|groupId is null|400|request, body: expected the required fields of this operation",
                "500|ProcessEngineException|0|Object values cannot be used to query|400|request, body: expected texts",
                "500|NotFoundException|0|no resource found with id 'y' in deployment 'x': resource is null|404|no resource",
                "400|BadRequestException|0|The request cannot be carried out: values, line 3, column 5, "
                        + "values.istiod.env.CLUSTER_ID: expected no value|400|values.istiod.env.CLUSTER_ID",
                "500|NoClassDefFoundError|0|io/meshspan/process/Place|500|The service could not do this"
            })
    void shouldSayWhatHappened(int status, String type, int code, String told, int answered, String words) {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.put("type", type).put("code", code).put("message", told.replace('~', '"'));

        ProblemDetail problem = EngineProblem.of(status, error);

        assertThat(problem.getStatus()).isEqualTo(answered);
        assertThat(problem.getDetail()).contains(words);
        assertThat(problem.getProperties()).containsEntry("message", problem.getDetail());
    }
}
