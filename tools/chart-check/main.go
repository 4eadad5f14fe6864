// Looks at what the chart renders as a cluster and a Prometheus would: every object of a kind that Kubernetes has is
// decoded strictly into its own types (an unknown field is an error), every pod is held to the restricted level of the
// pod security standards by Kubernetes' own checks, and rule files are read by Prometheus' own parser.
//
//	chart-check RULES.yaml < rendered.yaml
//
// Writes one line for each fault, and as the last line what was looked at. Exit status 1 when there is a fault.
package main

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

var faults int

func fault(format string, arguments ...any) {
	faults++
	fmt.Printf(format+"\n", arguments...)
}

func main() {
	objects, pods, others := 0, 0, 0
	strict := json.NewSerializerWithOptions(json.DefaultMetaFactory, scheme.Scheme, scheme.Scheme,
		json.SerializerOptions{Yaml: true, Strict: true})
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		panic(err)
	}
	documents := yaml.NewYAMLReader(bufio.NewReader(os.Stdin))
	for {
		document, err := documents.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			panic(err)
		}
		object, kind, err := strict.Decode(document, nil, nil)
		switch {
		case runtime.IsNotRegisteredError(err):
			others++
			continue
		case runtime.IsMissingKind(err):
			continue // comments alone
		case err != nil:
			fault("%v: %v", kind, err)
			continue
		}
		objects++
		if template := podOf(object); template != nil {
			pods++
			for _, result := range evaluator.EvaluatePod(
				api.LevelVersion{Level: api.LevelRestricted, Version: api.LatestVersion()},
				&template.ObjectMeta, &template.Spec) {
				if !result.Allowed {
					fault("%s: not restricted: %s: %s", kind.Kind, result.ForbiddenReason, result.ForbiddenDetail)
				}
			}
		}
	}
	rules := 0
	for _, file := range os.Args[1:] {
		groups, errs := rulefmt.ParseFile(file, false, model.UTF8Validation, parser.NewParser(parser.Options{}),
			slog.New(slog.NewTextHandler(os.Stderr, nil)))
		for _, err := range errs {
			fault("%v", err)
		}
		if groups != nil {
			for _, group := range groups.Groups {
				rules += len(group.Rules)
			}
		}
	}
	fmt.Printf("objects %d, pods %d, of other kinds %d, rules %d\n", objects, pods, others, rules)
	if faults > 0 {
		os.Exit(1)
	}
}

func podOf(object runtime.Object) *corev1.PodTemplateSpec {
	switch it := object.(type) {
	case *appsv1.Deployment:
		return &it.Spec.Template
	case *batchv1.Job:
		return &it.Spec.Template
	}
	return nil
}
